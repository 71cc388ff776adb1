/** Where the choice is kept; absent: as the system has it. */
export const THEME_KEY = "lrscope-theme";

const SCRIPT = `(function(){var q=matchMedia("(prefers-color-scheme: dark)");function set(){var t=null;
try{t=localStorage.getItem("${THEME_KEY}")}catch(e){}
document.documentElement.dataset.theme=t==="light"||t==="dark"?t:q.matches?"dark":"light"}
set();q.addEventListener("change",set)})()`;

/** Sets the theme before the first paint, so that a dark page never flashes light. */
export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}
