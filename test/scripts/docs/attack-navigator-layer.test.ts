import { expect } from "chai";
import { detections } from "../../../handlers/detections/index";
import { attackNavigatorLayer } from "../../../scripts/docs/attack-navigator-layer";

interface Layer {
  techniques: { techniqueID: string; score?: number; comment: string; showSubtechniques: boolean }[];
  gradient: { maxValue: number };
}

describe("the ATT&CK Navigator layer", () => {
  const layer = JSON.parse(attackNavigatorLayer()) as Layer;
  const techniqueOf = (id: string) => layer.techniques.find(({ techniqueID }) => techniqueID === id);

  it("has each detection once, at its technique", () => {
    for (const { id, attack, severity } of detections)
      expect(techniqueOf(attack?.technique ?? "")?.comment.split(", ")).include(`${id} (${severity})`);
    const scores = layer.techniques.map(({ score = 0 }) => score);
    expect(scores.reduce((sum, score) => sum + score, 0)).equal(detections.length);
    expect(layer.gradient.maxValue).equal(Math.max(...scores));
  });

  it("unfolds the parents of sub-techniques", () => {
    for (const { techniqueID } of layer.techniques)
      if (techniqueID.includes("."))
        expect(techniqueOf(techniqueID.split(".")[0] ?? "")?.showSubtechniques).equal(true);
  });
});
