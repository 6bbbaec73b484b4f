import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { PageTitle } from "../../parts/page-title.tsx";
import { Preferences } from "../../parts/preferences.tsx";
import { useWords } from "../../words/words.tsx";

/** What stands around every page before the console. Without a title it is waiting. */
export function Frame({
  title,
  about,
  wide = false,
  footer,
  children,
}: {
  readonly title?: string;
  readonly about?: ReactNode;
  /** Room for steps of its own, instead of one card: the step has the page's first heading. */
  readonly wide?: boolean;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}) {
  const { product } = useWords();
  const heading = title !== undefined && (
    <PageTitle title={title}>
      {wide ? (
        <>
          <Box variant="p" fontSize="heading-xl" fontWeight="bold" padding="n">
            {title}
          </Box>
          <Box color="text-body-secondary">{about}</Box>
        </>
      ) : (
        <Header variant="h1" description={about}>
          {title}
        </Header>
      )}
    </PageTitle>
  );
  return (
    <div className="frame">
      <header className="frame-bar">
        <span className="brand">
          <img src="/icon.svg" alt="" width="28" height="28" />
          {product}
        </span>
        <Preferences />
      </header>
      <main className={wide ? "frame-main frame-wide" : "frame-main"}>
        {title === undefined || wide ? (
          <SpaceBetween size="l">
            {heading}
            {children}
          </SpaceBetween>
        ) : (
          <Container header={heading}>{children}</Container>
        )}
        {footer !== undefined && (
          <Box padding={{ top: "m" }} textAlign="center">
            {footer}
          </Box>
        )}
      </main>
    </div>
  );
}
