import { artifactStream, type Artifact } from './artifact';
import { paced } from './paced';

interface SavePickerWindow {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

/**
 * Lets the person keep a file. Where the browser can, it is written to the chosen place as it is made; elsewhere it is
 * gathered first (browsers keep large blobs on disk) and handed over as a download. The page lives on meanwhile.
 * Resolves to false when the person closed the dialog. Must be called from a click.
 */
export async function save(artifact: Artifact, { ask = true } = {}): Promise<boolean> {
  const picker = (globalThis as SavePickerWindow).showSaveFilePicker;
  if (!ask || !picker) {
    await download(artifact);
    return true;
  }
  let handle: FileSystemFileHandle;
  try {
    handle = await picker.call(globalThis, { suggestedName: artifact.name });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false;
    // Not allowed here (an embedded page, a click too long ago): a download still is.
    await download(artifact);
    return true;
  }
  // pipeTo aborts the writer on failure, which leaves what was there before untouched.
  await artifactStream(paced(artifact)).pipeTo(await handle.createWritable());
  return true;
}

/** Hands the file over as a download, under its own name. */
export async function download(artifact: Artifact): Promise<void> {
  const headers = { 'Content-Type': artifact.type };
  const blob = await new Response(artifactStream(paced(artifact)), { headers }).blob();
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = artifact.name;
  link.click();
  // The browser takes the address up after the click; a minute is more than any has been seen to need.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
