import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { useLocation } from "wouter";
import type { Words } from "../words/english.ts";
import { useWords } from "../words/words.tsx";

type Entry = readonly [href: string, text: (words: Words["nav"]) => string];

/** The side navigation: sections, and the pages that lead them. */
const SECTIONS: readonly {
  readonly title?: (words: Words["nav"]) => string;
  readonly entries: readonly Entry[];
}[] = [
  {
    entries: [
      ["/", (nav) => nav.dashboard],
      ["/me", (nav) => nav.me],
    ],
  },
  {
    title: (nav) => nav.access,
    entries: [
      ["/users", (nav) => nav.users],
      ["/groups", (nav) => nav.groups],
      ["/roles", (nav) => nav.roles],
      ["/policies", (nav) => nav.policies],
      ["/simulator", (nav) => nav.simulator],
    ],
  },
  { entries: [["/settings", (nav) => nav.settings]] },
];

export function Navigation({ under }: { readonly under: string }) {
  const { nav } = useWords();
  const [, navigate] = useLocation();
  const items = SECTIONS.flatMap(({ title, entries }): SideNavigationProps.Item[] => {
    const links = entries.map(([href, text]) => ({ type: "link" as const, href, text: text(nav) }));
    return title === undefined ? links : [{ type: "section", text: title(nav), items: links }];
  });
  return (
    <SideNavigation
      activeHref={under}
      items={items}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        navigate(event.detail.href);
      }}
    />
  );
}

/** The page that it belongs to, then the page. */
export function Breadcrumbs({ under, crumb }: { readonly under: string; readonly crumb: string }) {
  const { nav } = useWords();
  const [path, navigate] = useLocation();
  const parent = SECTIONS.flatMap(({ entries }) => entries).find(([href]) => href === under);
  return (
    <BreadcrumbGroup
      items={[
        { text: parent?.[1](nav) ?? "", href: under },
        { text: crumb, href: path },
      ]}
      onFollow={(event) => {
        event.preventDefault();
        navigate(event.detail.href);
      }}
    />
  );
}
