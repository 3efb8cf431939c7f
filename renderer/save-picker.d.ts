/** Not in every browser; https://wicg.github.io/file-system-access/ */
interface Window {
  readonly showSaveFilePicker?: (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>
}
