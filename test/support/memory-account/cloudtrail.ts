import type { Fields } from "../../../handlers/json";
import { account, awsError, region } from "../factories";
import { copy, lowered, type Operation, reading, type Service, there } from "./operation";

interface Trail {
  settings: Fields;
  isLogging: boolean;
  selectors: Fields;
  insights: unknown[];
  tags: unknown[];
}

const defaults = {
  EventSelectors: [
    {
      ReadWriteType: "All",
      IncludeManagementEvents: true,
      DataResources: [],
      ExcludeManagementEventSources: [],
    },
  ],
};

/** Trails, and what CloudTrail says of them. */
export function cloudtrail(): Service & { isRecording(): boolean } {
  const trails = new Map<string, Trail>();
  const gone = "TrailNotFoundException";
  const of = (name: unknown) => there(trails, name, gone);
  const arn = (name: unknown) => `arn:aws:cloudtrail:${region}:${account}:trail/${String(name)}`;

  /** Applies what CreateTrail and UpdateTrail take. An empty text takes a setting away. */
  const set = ({ settings }: Trail, input: Fields) => {
    const { EnableLogFileValidation, SnsTopicName } = input;
    const others = Object.entries(input).filter(
      ([name]) => !["Name", "EnableLogFileValidation", "SnsTopicName", "TagsList"].includes(name),
    );
    Object.assign(settings, Object.fromEntries(others));
    if (EnableLogFileValidation !== undefined) settings.LogFileValidationEnabled = EnableLogFileValidation;
    if (SnsTopicName !== undefined) {
      const given = String(SnsTopicName);
      settings.SnsTopicName = given.slice(given.lastIndexOf(":") + 1);
      settings.SnsTopicARN =
        given === "" || given.startsWith("arn:") ? given : `arn:aws:sns:${region}:${account}:${given}`;
    }
    for (const [name, value] of Object.entries(settings)) if (value === "") delete settings[name];
    if (settings.IsMultiRegionTrail === true && settings.IncludeGlobalServiceEvents === false)
      throw awsError("InvalidParameterCombinationException");
  };

  const writing = (run: Operation["run"]): Operation => ({
    run,
    recorded: { requestParameters: lowered },
  });

  return {
    state: () => [...trails].map(([name, { settings, ...rest }]) => [name, settings, rest]).sort() as unknown,
    isRecording: () => [...trails.values()].some(({ isLogging }) => isLogging),
    operations: {
      DescribeTrails: reading(() => ({ trailList: [...trails].map(([Name]) => ({ Name })) })),
      GetTrail: reading(({ Name }) => ({ Trail: copy(of(Name).settings) })),
      GetTrailStatus: reading(({ Name }) => ({ IsLogging: of(Name).isLogging })),
      GetEventSelectors: reading(({ TrailName }) => copy(of(TrailName).selectors)),
      ListTags: reading(({ ResourceIdList }) => ({
        ResourceTagList: (ResourceIdList as string[]).map((ResourceId) => ({
          ResourceId,
          TagsList: of(ResourceId).tags,
        })),
      })),
      GetInsightSelectors: reading(({ TrailName }) => {
        const { insights } = of(TrailName);
        if (insights.length === 0) throw awsError("InsightNotEnabledException");
        return { InsightSelectors: copy(insights) };
      }),
      CreateTrail: writing((input) => {
        const Name = String(input.Name);
        if (trails.has(Name)) throw awsError("TrailAlreadyExistsException");
        const settings = {
          Name,
          TrailARN: arn(Name),
          HomeRegion: region,
          IncludeGlobalServiceEvents: true,
          IsMultiRegionTrail: false,
          LogFileValidationEnabled: false,
          IsOrganizationTrail: false,
        };
        const tags = (input.TagsList as unknown[] | undefined) ?? [];
        const trail = { settings, isLogging: false, selectors: copy(defaults), insights: [], tags };
        set(trail, input);
        trails.set(Name, trail);
        return {};
      }),
      UpdateTrail: writing((input) => {
        const trail = of(input.Name);
        set(trail, input);
        return {};
      }),
      DeleteTrail: writing(({ Name }) => {
        trails.delete(String(of(Name).settings.Name));
        return {};
      }),
      StartLogging: writing(({ Name }) => {
        of(Name).isLogging = true;
        return {};
      }),
      StopLogging: writing(({ Name }) => {
        of(Name).isLogging = false;
        return {};
      }),
      PutEventSelectors: writing(({ TrailName, ...selectors }) => {
        of(TrailName).selectors = copy(selectors);
        return {};
      }),
      PutInsightSelectors: writing(({ TrailName, InsightSelectors }) => {
        of(TrailName).insights = copy(InsightSelectors) as unknown[];
        return {};
      }),
    },
  };
}
