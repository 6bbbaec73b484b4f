import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { PageTitle } from "../../parts/page-title.tsx";
import { useReadyMadeWords } from "../../words/ready-made.ts";
import { ReadyMadeCard } from "./ready-made-card.tsx";
import { READY_MADE_NAMES } from "./ready-made-documents.ts";

/** Policies that ask for MFA, each with what it changes before anything is changed. */
export default function ReadyMadePage() {
  const words = useReadyMadeWords();
  return (
    <PageTitle title={words.title}>
      <SpaceBetween size="l">
        <Header variant="h1" description={words.about}>
          {words.title}
        </Header>
        <Box>
          {words.notForRoles} {words.notForRoot}
        </Box>
        {READY_MADE_NAMES.map((name) => (
          <ReadyMadeCard key={name} name={name} />
        ))}
      </SpaceBetween>
    </PageTitle>
  );
}
