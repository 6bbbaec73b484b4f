import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useLocation } from "wouter";
import { PageTitle } from "../../parts/page-title.tsx";
import { Empty } from "../../parts/rows.tsx";
import { useUserWords } from "../../words/user.ts";

/** The page of a user who is not there, or not any more. */
export function NoSuchUser({ name }: { readonly name: string }) {
  const words = useUserWords();
  const [, navigate] = useLocation();
  return (
    <PageTitle title={words.notFound}>
      <Header variant="h1">{words.notFound}</Header>
      <Empty
        title={name}
        text={words.notFoundText}
        action={<Button onClick={() => navigate("/users")}>{words.toList}</Button>}
      />
    </PageTitle>
  );
}
