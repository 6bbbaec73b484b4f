import TopNavigation, { type TopNavigationProps } from "@cloudscape-design/components/top-navigation";
import { useContext } from "react";
import { useLocation } from "wouter";
import { server } from "../api/server.ts";
import { useAct } from "../parts/act.ts";
import { useChoices } from "../parts/choices.ts";
import { tellOtherTabs } from "../parts/other-tabs.ts";
import { useSpeech } from "../words/words.tsx";
import { factorText } from "./factor-text.ts";
import { SessionContext } from "./session.ts";
import { leaveNotice } from "./signin/state.ts";

/** Account, who is signed in and with which factor, theme, language, sign out. */
export function TopBar() {
  const { words } = useSpeech();
  const [, navigate] = useLocation();
  const preferences = usePreferences();
  const user = useUserMenu();
  return (
    <TopNavigation
      identity={{
        href: "/",
        title: words.product,
        logo: { src: "/icon.svg", alt: words.bar.logo },
        onFollow: (event) => {
          event.preventDefault();
          navigate("/");
        },
      }}
      utilities={[...preferences, ...user]}
    />
  );
}

function usePreferences(): readonly TopNavigationProps.Utility[] {
  const { words, spoken, languages, themes, choose } = useChoices();
  return [
    {
      type: "menu-dropdown",
      text: words.theme,
      ariaLabel: words.theme,
      items: themes,
      onItemClick: ({ detail }) => choose(detail.id),
    },
    {
      type: "menu-dropdown",
      text: spoken,
      ariaLabel: `${words.language}: ${spoken}`,
      items: languages,
      onItemClick: ({ detail }) => choose(detail.id),
    },
  ];
}

function useUserMenu(): readonly TopNavigationProps.Utility[] {
  const { words } = useSpeech();
  const [, navigate] = useLocation();
  const session = useContext(SessionContext);
  const act = useAct();
  if (session === undefined) return [];
  const { Account, Principal, Session } = session.context;
  const signOut = async () => {
    const done = await act.run(() => server.signin.SignOut({}));
    if (!done) return;
    tellOtherTabs();
    leaveNotice("signed-out");
    navigate("/signin");
  };
  const name = Principal.UserName ?? words.bar.root;
  return [
    {
      type: "menu-dropdown",
      text: name,
      description: `${words.bar.accountId}: ${Account.AccountId}${Account.Alias === undefined ? "" : ` (${Account.Alias})`}. ${factorText(words, Session?.Mfa)}`,
      iconName: "user-profile",
      items: [
        { id: "/me", text: words.nav.me },
        { id: "sign-out", text: words.bar.signOut },
      ],
      onItemClick: ({ detail }) => (detail.id === "sign-out" ? void signOut() : navigate(detail.id)),
    },
  ];
}
