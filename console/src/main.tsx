import "#global.css";
import "./style.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startTheme } from "./parts/theme.ts";
import { loadLanguage, preferredLanguage, SpeechProvider } from "./words/words.tsx";

const place = document.getElementById("root");
if (place === null) throw new Error("the page has no place for the console");
startTheme();
const first = await loadLanguage(preferredLanguage());
createRoot(place).render(
  <SpeechProvider first={first}>
    <App />
  </SpeechProvider>,
);
