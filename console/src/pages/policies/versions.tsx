import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { lazy, Suspense, useCallback, useState } from "react";
import {
  deleteVersion,
  listVersions,
  loadVersion,
  type PolicyRow,
  setDefaultVersion,
  type VersionRow,
} from "../../api/policies.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { laidOut } from "../../parts/policy-text.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { Time } from "../../parts/time.tsx";
import { usePolicyWords } from "../../words/policies.ts";
import { useWords } from "../../words/words.tsx";
import { useSession } from "../session.ts";

const Difference = lazy(() => import("../../parts/difference.tsx"));

type Asked = { readonly what: "default" | "delete"; readonly version: VersionRow };

export function PolicyVersions({
  row,
  onChanged,
}: {
  readonly row: PolicyRow;
  readonly onChanged: () => Promise<void>;
}) {
  const words = usePolicyWords();
  const { common } = useWords();
  const { tell } = useSession();
  const { value, failure, reload } = useLoad(useCallback(() => listVersions(row.arn), [row.arn]));
  const [asked, setAsked] = useState<Asked>();
  const [compared, setCompared] = useState<string>();
  const act = useAct();
  const confirm = async () => {
    if (asked === undefined) return;
    const { what, version } = asked;
    const change = what === "default" ? setDefaultVersion : deleteVersion;
    if (!(await act.run(() => change(row.arn, version.id)))) return;
    setAsked(undefined);
    setCompared(undefined);
    tell(what === "default" ? words.defaultNow(version.id) : words.versionDeleted(version.id));
    await Promise.all([reload(), onChanged()]);
  };
  return (
    <SpaceBetween size="l">
      <Rows
        label={words.versions}
        header={
          <Header variant="h2" description={words.versionsAbout} counter={`(${value?.length ?? 0})`}>
            {words.versions}
          </Header>
        }
        rows={value}
        failure={failure}
        idOf={({ id }) => id}
        empty={<Empty title={words.versions} text={words.versionsAbout} />}
        columns={[
          { id: "id", header: words.version, cell: ({ id }) => id },
          {
            id: "default",
            header: words.default,
            cell: ({ isDefault }) =>
              isDefault ? <StatusIndicator type="success">{words.default}</StatusIndicator> : "–",
          },
          { id: "created", header: words.created, cell: ({ createdAt }) => <Time at={createdAt} /> },
          {
            id: "actions",
            header: common.actions,
            cell: (version) =>
              version.isDefault ? (
                "–"
              ) : (
                <SpaceBetween direction="horizontal" size="xs">
                  <Button
                    variant="inline-link"
                    ariaLabel={`${words.show} ${version.id}`}
                    onClick={() => setCompared(version.id)}
                  >
                    {words.show}
                  </Button>
                  {!row.managedByAws && (
                    <Button
                      variant="inline-link"
                      ariaLabel={`${words.setDefault} ${version.id}`}
                      onClick={() => setAsked({ what: "default", version })}
                    >
                      {words.setDefault}
                    </Button>
                  )}
                  {!row.managedByAws && (
                    <Button
                      variant="inline-link"
                      ariaLabel={`${words.deleteVersion} ${version.id}`}
                      onClick={() => setAsked({ what: "delete", version })}
                    >
                      {words.deleteVersion}
                    </Button>
                  )}
                </SpaceBetween>
              ),
          },
        ]}
      />
      {compared !== undefined && <Compared row={row} version={compared} />}
      {asked !== undefined && (
        <Confirm
          title={
            asked.what === "default"
              ? words.setDefaultTitle(asked.version.id)
              : words.deleteVersionTitle(asked.version.id)
          }
          verb={asked.what === "default" ? words.setDefault : words.deleteVersion}
          act={act}
          onConfirm={() => void confirm()}
          onClose={() => setAsked(undefined)}
        >
          {asked.what === "default" ? words.setDefaultText : words.deleteVersionText}
        </Confirm>
      )}
    </SpaceBetween>
  );
}

/** Side by side: that version, and the one in force. */
function Compared({ row, version }: { readonly row: PolicyRow; readonly version: string }) {
  const words = usePolicyWords();
  const { arn, defaultVersion } = row;
  const load = useCallback(
    () => Promise.all([loadVersion(arn, version), loadVersion(arn, defaultVersion)]),
    [arn, version, defaultVersion],
  );
  const { value, failure } = useLoad(load);
  if (failure !== undefined) return <FailureAlert failure={failure} />;
  if (value === undefined) return <Skeleton lines={8} />;
  const [before, after] = value.map(laidOut);
  return (
    <section aria-label={words.compareWith(version)}>
      <Header variant="h3">{words.compareWith(version)}</Header>
      <Suspense fallback={<Skeleton lines={8} />}>
        <Difference before={before ?? ""} after={after ?? ""} label={words.compareWith(version)} />
      </Suspense>
    </section>
  );
}
