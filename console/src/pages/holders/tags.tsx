import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { type Holder, saveTags, type Tag } from "../../api/holders.ts";
import { useAct } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { SentForm } from "../../parts/sent-form.tsx";
import { useHolderWords } from "../../words/holders.ts";
import { useSession } from "../session.ts";
import { areTags, keyProblem, type TagProblem, valueProblem } from "./tag-problems.ts";

/** AWS's quota (contract 8). */
const MOST = 50;

/** The tags of a user or role, all of them at once. */
export function Tags({
  holder,
  tags,
  onChanged,
}: {
  readonly holder: Holder;
  readonly tags: readonly Tag[];
  readonly onChanged: () => Promise<void>;
}) {
  const words = useHolderWords();
  const { tell } = useSession();
  const [draft, setDraft] = useState(tags);
  const [tried, setTried] = useState(false);
  const act = useAct();
  const said = (problem: TagProblem | undefined) =>
    tried && problem !== undefined ? words.tagProblems[problem] : undefined;
  const put = (at: number, change: Partial<Tag>) =>
    setDraft(draft.map((tag, index) => (index === at ? { ...tag, ...change } : tag)));
  const save = async () => {
    setTried(true);
    if (!areTags(draft) || !(await act.run(() => saveTags(holder, tags, draft)))) return;
    setTried(false);
    tell(words.tagsSaved);
    await onChanged();
  };
  return (
    <SentForm onSend={save}>
      <Container
        header={
          <Header
            variant="h2"
            description={words.tagsAbout}
            counter={`(${draft.length})`}
            actions={<Button loading={act.busy}>{words.saveTags}</Button>}
          >
            {words.tags}
          </Header>
        }
      >
        <SpaceBetween size="m">
          <FailureAlert failure={act.failure} />
          <AttributeEditor
            items={draft}
            empty={words.noTags}
            addButtonText={words.addTag}
            removeButtonText={words.removeTag}
            removeButtonAriaLabel={({ key }) => `${words.removeTag} ${key}`.trim()}
            disableAddButton={draft.length >= MOST}
            onAddButtonClick={() => setDraft([...draft, { key: "", value: "" }])}
            onRemoveButtonClick={({ detail }) =>
              setDraft(draft.filter((_, index) => index !== detail.itemIndex))
            }
            definition={[
              {
                label: words.key,
                errorText: (_tag, at) => said(keyProblem(draft, at)),
                control: (tag, at) => (
                  <Input value={tag.key} onChange={({ detail }) => put(at, { key: detail.value })} />
                ),
              },
              {
                label: words.value,
                errorText: (tag) => said(valueProblem(tag)),
                control: (tag, at) => (
                  <Input value={tag.value} onChange={({ detail }) => put(at, { value: detail.value })} />
                ),
              },
            ]}
          />
        </SpaceBetween>
      </Container>
    </SentForm>
  );
}
