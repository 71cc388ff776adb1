import { Button } from "./button";
import { DialogClose } from "./dialog";

interface Props {
  /** What went wrong, as a sentence; null while nothing has. */
  problem: string | null;
  /** What the form's button says. */
  submit: string;
  disabled: boolean;
}

/** The end of a dialog's form: what went wrong, a way out, and the button that sends it. */
export function FormEnd({ problem, submit, disabled }: Props) {
  return (
    <>
      {problem ? (
        <p role="alert" className="text-sm text-failed">
          {problem}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <DialogClose render={<Button variant="ghost">Cancel</Button>} />
        <Button type="submit" variant="primary" disabled={disabled}>
          {submit}
        </Button>
      </div>
    </>
  );
}
