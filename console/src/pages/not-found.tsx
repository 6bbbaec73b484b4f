import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLocation } from "wouter";
import { PageTitle } from "../parts/page-title.tsx";
import { useWords } from "../words/words.tsx";

export function NotFound() {
  const { notFound } = useWords();
  const [, navigate] = useLocation();
  return (
    <PageTitle title={notFound.title}>
      <SpaceBetween size="m">
        <Header variant="h1" description={notFound.text}>
          {notFound.title}
        </Header>
        <Button onClick={() => navigate("/")}>{notFound.home}</Button>
      </SpaceBetween>
    </PageTitle>
  );
}
