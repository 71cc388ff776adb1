/** A file somebody chose, under the folder that it was chosen with. */
export interface ChosenFile {
  path: string;
  file: File;
}

/** From a file input; one for folders gives paths. */
export const fromInput = (list: FileList): ChosenFile[] =>
  [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** Everything that was dropped, folders to their last file. The entries must be taken before anything is awaited. */
export async function fromDrop(transfer: DataTransfer): Promise<ChosenFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return (await Promise.all(entries.map(filesUnder))).flat();
}

async function filesUnder(entry: FileSystemEntry): Promise<ChosenFile[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ path, file }];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const inside: FileSystemEntry[] = [];
  // Browsers give them in portions; an empty one is the last.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (portion.length === 0) break;
    inside.push(...portion);
  }
  return (await Promise.all(inside.map(filesUnder))).flat();
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/**
 * What the server may make one run of goes in one request: event files of one folder, or of none, together, others alone.
 */
export function groupChosen<F extends { path: string }>(files: readonly F[]): F[][] {
  const groups = new Map<string, F[]>();
  const visible = files.filter(({ path }) => !path.split("/").some((part) => part.startsWith(".")));
  for (const file of visible.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const key = /tfevents/.test(file.path) ? `folder ${folderOf(file.path)}` : `file ${file.path}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}
