import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { useState } from "react";
import { listGroupNames } from "../../api/users.ts";
import { useUserListWords } from "../../words/users.ts";
import { FILTERS, type FilterName, isMeant, MFA_CHOICES, YES_NO } from "./question.ts";

type Token = PropertyFilterProps.Token;

const DAYS = ["30", "90", "180", "365"];

/** Narrows the list down by what is in the address, and writes the address. */
export function UserFilter({
  params,
  matches,
  onParams,
}: {
  readonly params: URLSearchParams;
  readonly matches: number | undefined;
  readonly onParams: (changed: Readonly<Record<string, string | undefined>>) => void;
}) {
  const words = useUserListWords();
  const groups = useGroups();
  const [notMeant, setNotMeant] = useState<string>();
  const option = (filter: FilterName) => (value: string) => ({ propertyKey: filter, value });
  const options: PropertyFilterProps.FilteringOption[] = [
    ...MFA_CHOICES.map((value) => ({ ...option("mfa")(value), label: words.mfaChoices[value] })),
    ...YES_NO.map((value) => ({ ...option("console")(value), label: words.yesNo[value] })),
    ...DAYS.map(option("idle")),
    ...DAYS.map(option("keys")),
    ...groups.names.map(option("group")),
  ];
  const change = (tokens: readonly Token[]) => {
    // of each property the last: it takes the place of the one before
    const texts = Object.fromEntries(
      tokens.map(({ propertyKey = "q", value }) => [
        propertyKey,
        meantBy(options, propertyKey, String(value)),
      ]),
    );
    const wrong = FILTERS.find((filter) => texts[filter] !== undefined && !isMeant(filter, texts[filter]));
    setNotMeant(wrong && texts[wrong]);
    onParams(
      Object.fromEntries(["q", ...FILTERS].map((name) => [name, name === wrong ? undefined : texts[name]])),
    );
  };
  return (
    <PropertyFilter
      query={{ operation: "and", tokens: tokensOf(params) }}
      filteringProperties={FILTERS.map((filter) => ({
        key: filter,
        propertyLabel: words.filters[filter],
        groupValuesLabel: words.values,
        operators: [{ operator: "=", format: (value: string) => labelOf(options, filter, value) }],
      }))}
      filteringOptions={options}
      freeTextFiltering={{ operators: [":"], defaultOperator: ":" }}
      hideOperations
      filteringAriaLabel={words.filter}
      filteringPlaceholder={words.filterPlaceholder}
      filteringStatusType={groups.status}
      filteringLoadingText={words.loadingGroups}
      filteringErrorText={words.groupsUnknown}
      filteringConstraintText={notMeant === undefined ? undefined : words.notMeant(notMeant)}
      countText={matches === undefined ? "" : words.matches(matches)}
      onLoadItems={({ detail }) => {
        if (detail.filteringProperty?.key === "group") groups.load();
      }}
      onChange={({ detail }) => change(detail.tokens)}
    />
  );
}

function tokensOf(params: URLSearchParams): readonly Token[] {
  const search = params.get("q");
  return [
    ...(search === null ? [] : [{ value: search, operator: ":" as const }]),
    ...FILTERS.flatMap((propertyKey) => {
      const value = params.get(propertyKey);
      return value === null ? [] : [{ propertyKey, value, operator: "=" as const }];
    }),
  ];
}

const labelOf = (
  options: readonly PropertyFilterProps.FilteringOption[],
  key: string,
  wanted: string,
): string =>
  options.find(({ propertyKey, value }) => propertyKey === key && value === wanted)?.label ?? wanted;

/** What was typed may be what a value is called. */
function meantBy(options: readonly PropertyFilterProps.FilteringOption[], key: string, text: string): string {
  const typed = text.trim().toLowerCase();
  const meant = options.find(
    ({ propertyKey, value, label }) =>
      propertyKey === key && (value === text || label?.toLowerCase() === typed),
  );
  return meant?.value ?? text.trim();
}

/** Asked for when somebody filters by them. */
function useGroups() {
  const [names, setNames] = useState<readonly string[]>([]);
  const [status, setStatus] = useState<"pending" | "loading" | "finished" | "error">("finished");
  const [asked, setAsked] = useState(false);
  const load = () => {
    if (asked) return;
    setAsked(true);
    setStatus("loading");
    listGroupNames().then(
      (found) => {
        setNames(found);
        setStatus("finished");
      },
      () => setStatus("error"),
    );
  };
  return { names, status, load };
}
