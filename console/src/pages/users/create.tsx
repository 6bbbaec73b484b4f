import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import { passwordRules } from "../../api/password.ts";
import { createUsers, type NewUserProblem } from "../../api/user-list.ts";
import { givePassword } from "../../api/users.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageForm } from "../../parts/page-form.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { randomPassword } from "../../parts/random-password.ts";
import { useSecret } from "../../parts/secret.ts";
import { useUserListWords } from "../../words/users.ts";
import { userPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { CreatedUser } from "./created.tsx";
import { FirstPassword, isAccessFit, NO_ACCESS } from "./first-password.tsx";
import { type Draft, isFit, NewUserFields, NO_DRAFT, userOf } from "./new-user.tsx";
import { useProblemText } from "./problem-text.ts";

export default function CreateUserPage() {
  const [round, setRound] = useState(0);
  return <CreateUser key={round} onAnother={() => setRound(round + 1)} />;
}

/** Makes the user whole in one call; then, where he is to have one, his password in another. */
function CreateUser({ onAnother }: { readonly onAnother: () => void }) {
  const words = useUserListWords();
  const { tell } = useSession();
  const [, navigate] = useLocation();
  const { value: rules } = useLoad(passwordRules);
  const [draft, setDraft] = useState(NO_DRAFT);
  const [access, setAccess] = useState(NO_ACCESS);
  const [tried, setTried] = useState(false);
  const [problems, setProblems] = useState<readonly NewUserProblem[]>([]);
  const [made, setMade] = useState(false);
  const [given, setGiven] = useSecret<string>();
  const act = useAct();
  const { name } = draft;

  const change = (changed: Draft) => {
    setDraft(changed);
    setProblems([]);
  };
  const make = async () => {
    if (!made) {
      const found = await createUsers([userOf(draft)]);
      setProblems(found);
      if (found.length > 0) return;
      setMade(true);
    }
    if (!access.wanted) {
      navigate(userPath(name));
      tell(words.createdNow(name));
      return;
    }
    const password = access.way === "own" ? access.own.password : randomPassword(rules?.MinimumLength);
    await givePassword(name, password, true, { enabled: false, mustChange: false });
    setGiven(password);
  };
  const submit = async () => {
    setTried(true);
    if (isFit(draft) && isAccessFit(access, rules)) await act.run(make);
  };
  if (given !== undefined) {
    return (
      <PageTitle key="created" title={words.doneTitle(name)}>
        <CreatedUser name={name} password={given} onAnother={onAnother} />
      </PageTitle>
    );
  }
  return (
    <PageForm
      title={words.create}
      about={words.createAbout}
      to={made ? userPath(name) : "/users"}
      {...(made ? { verb: words.setPassword, leave: words.toUser } : {})}
      busy={act.busy}
      onSend={submit}
    >
      <SpaceBetween size="l">
        {made && (
          <Alert type="warning" header={words.halfTitle(name)}>
            {words.halfText}
          </Alert>
        )}
        <FailureAlert failure={act.failure} denied={made ? undefined : words.createDenied} />
        <OtherProblems problems={problems} />
        {!made && <NewUserFields draft={draft} onDraft={change} checked={tried} problems={problems} />}
        <FirstPassword access={access} onAccess={setAccess} rules={rules} checked={tried} />
      </SpaceBetween>
    </PageForm>
  );
}

/** Those that are about no field. */
function OtherProblems({ problems }: { readonly problems: readonly NewUserProblem[] }) {
  const words = useUserListWords();
  const textOf = useProblemText();
  const others = problems.filter(({ Member }) => Member === undefined);
  if (others.length === 0) return null;
  return (
    <div role="alert">
      <Alert type="error" header={words.notMade}>
        {others.map(textOf).join(" ")}
      </Alert>
    </div>
  );
}
