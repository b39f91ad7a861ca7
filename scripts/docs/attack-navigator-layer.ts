import { severities } from "../../handlers/settings";
import type { Detection } from "../../handlers/detections/detection";
import { detections } from "../../handlers/detections/index";

/**
 * docs/attack-navigator-layer.json: which ATT&CK techniques the catalogue covers, for the ATT&CK Navigator. The score of
 * a technique is the number of its detections.
 *
 * Source: https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md
 */
export function attackNavigatorLayer(): string {
  const techniques = techniquesOf(detections);
  const layer = {
    name: "cloudtrailer",
    versions: { attack: "19", navigator: "5.1.0", layer: "4.5" },
    domain: "enterprise-attack",
    description: `What cloudtrailer finds in CloudTrail: ${detections.length} detections`,
    filters: { platforms: ["IaaS", "Identity Provider", "SaaS"] },
    sorting: 3,
    techniques,
    gradient: {
      colors: ["#ffffff", "#66b1ff"],
      minValue: 0,
      maxValue: Math.max(...techniques.map(({ score = 0 }) => score)),
    },
    showTacticRowBackground: false,
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
  };
  const listOfTexts = /\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]/g;
  // As the formatter writes it: a list of strings on one line.
  const text = JSON.stringify(layer, null, 2).replace(
    listOfTexts,
    (_, texts: string) => `[${texts.replace(/,\s+/g, ", ")}]`,
  );
  return `${text}\n`;
}

/** The techniques, and the parents of sub-techniques, which are visible only when their parent is expanded. */
function techniquesOf(list: Detection[]) {
  const ids = list.flatMap(({ attack }) => attack?.technique ?? []);
  const parents = ids.filter((id) => id.includes(".")).map((id) => id.slice(0, id.indexOf(".")));
  return [...new Set([...ids, ...parents])].sort().map((techniqueID) => {
    const own = list
      .filter(({ attack }) => attack?.technique === techniqueID)
      .sort(
        (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.id < b.id ? -1 : 1),
      );
    return {
      techniqueID,
      ...(own.length === 0 ? {} : { score: own.length }),
      comment: own.map(({ id, severity }) => `${id} (${severity})`).join(", "),
      enabled: true,
      showSubtechniques: parents.includes(techniqueID),
    };
  });
}
