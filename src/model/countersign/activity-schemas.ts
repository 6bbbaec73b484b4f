import type { StaticStructureSchema } from "@smithy/types";
import { BOOLEAN, list, NUMBER, STRING, structure } from "../schemas.ts";
import type { Activity, ActivityOperations, ActivityPage, ActivityQuestion } from "./activity-types.ts";

const activity = structure<Activity>(
  "Activity",
  {
    EventId: STRING,
    Time: NUMBER,
    Name: STRING,
    Source: STRING,
    SourceIp: STRING,
    UserAgent: STRING,
    ReadOnly: BOOLEAN,
  },
  { Error: STRING, MfaUsed: BOOLEAN },
);

export const ACTIVITY_SHAPES = {
  ListUserActivity: [
    structure<ActivityQuestion>(
      "ListUserActivityInput",
      { UserName: STRING },
      { MaxItems: NUMBER, Marker: STRING },
    ),
    structure<ActivityPage>(
      "ListUserActivityOutput",
      { Events: list("Events", activity), IsTruncated: BOOLEAN },
      { Marker: STRING },
    ),
  ],
} as const satisfies Record<
  keyof ActivityOperations,
  readonly [StaticStructureSchema, StaticStructureSchema]
>;
