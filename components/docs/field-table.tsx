import { Prose } from "@/components/ui/prose";
import type { SchemaField } from "@/lib/presenters/docs/schema-fields";

interface Props {
  caption: string;
  fields: readonly (SchemaField & { place?: string })[];
}

/** Said once for the whole table: a page has over a thousand fields. */
const CELLS = [
  "[&_tr]:border-t [&_tr]:border-line [&_tr]:align-top",
  "[&_th]:w-1/4 [&_th]:py-1.5 [&_th]:pr-3 [&_th]:text-left [&_th]:font-normal",
  "[&_td]:py-1.5 [&_td]:pr-3 [&_td]:text-pretty [&_td:first-of-type]:w-1/3 [&_td:first-of-type]:text-muted",
  "[&_code]:font-mono [&_code]:break-words [&_small]:ml-2 [&_small]:text-xs [&_small]:text-muted",
].join(" ");

/** Fields with their types; those of an inner object are set in. */
export function FieldTable({ caption, fields }: Props) {
  return (
    <div className="overflow-x-auto">
      <table className={`w-full min-w-[32rem] border-collapse text-sm ${CELLS}`}>
        <caption className="py-1 text-left text-xs font-medium text-muted">{caption}</caption>
        <tbody>
          {fields.map((field, index) => (
            <tr key={index}>
              <th scope="row" style={field.depth > 0 ? { paddingLeft: `${field.depth}rem` } : undefined}>
                <code>{field.name}</code>
                {field.required ? <small>required</small> : null}
                {field.place ? <small>in {field.place}</small> : null}
              </th>
              <td>
                <code>{field.type}</code>
              </td>
              <td>
                <Prose text={field.description} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
