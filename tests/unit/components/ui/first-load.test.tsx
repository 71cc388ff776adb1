import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
import { Tabs } from "@/components/ui/tabs";

const nothing = () => undefined;

test("a select says what it is, what is chosen, and that it is closed", () => {
  const options = [
    { value: "log", label: "log" },
    { value: "linear", label: "straight" },
  ] as const;
  const html = renderToStaticMarkup(
    <Select label="axis" value="linear" options={options} onChange={nothing} />,
  );
  expect(html).toMatch(/<button[^>]*role="combobox"[^>]*aria-label="axis"[^>]*aria-expanded="false"/);
  expect(html).toContain("straight");
  expect(html).not.toContain('listbox" id');
});

test("a menu's and a dialog's button say what they open; the parts are not there before", () => {
  const menu = renderToStaticMarkup(
    <Menu trigger={<Button>More</Button>}>
      <MenuItem>Rename</MenuItem>
    </Menu>,
  );
  expect(menu).toMatch(/aria-haspopup="menu" aria-expanded="false"/);
  expect(menu).not.toContain("Rename");
  const dialog = renderToStaticMarkup(<Dialog title="Sure?" trigger={<Button>Delete</Button>} />);
  expect(dialog).toMatch(/aria-haspopup="dialog" aria-expanded="false"/);
  expect(dialog).not.toContain("Sure?");
});

test("one tab is in the order of focus, and only its panel is there", () => {
  const tabs = [
    { value: "a", label: "First", content: "what the first holds" },
    { value: "b", label: "Second", content: "two" },
  ];
  const html = renderToStaticMarkup(<Tabs label="Parts" tabs={tabs} value="b" onChange={nothing} />);
  expect(html.match(/tabindex="0"/gi)).toHaveLength(2);
  expect(html).toMatch(/aria-selected="true"[^>]*tabindex="0"[^>]*>Second/i);
  expect(html).toMatch(/role="tabpanel" aria-label="Second"/);
  expect(html).not.toContain("what the first holds");
});

test("a box that is partly ticked is mixed; progress is told in numbers and words", () => {
  expect(renderToStaticMarkup(<Checkbox label="All" checked={false} mixed onChange={nothing} />)).toContain(
    'aria-checked="mixed"',
  );
  const bar = renderToStaticMarkup(<Progress label="Loading" value={3} max={4} text="3 of 4 runs" />);
  expect(bar).toMatch(/aria-valuenow="3" aria-valuemax="4" aria-valuetext="3 of 4 runs"/);
  expect(bar).toContain("width:75%");
});
