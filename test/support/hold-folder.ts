import { holdDataFolder } from '#main/platform/data-folder.ts'

// Takes a data folder as a start does, and prints why that cannot be.
try {
  holdDataFolder(process.argv[2] ?? '')?.release()
} catch (error) {
  console.log(error instanceof Error ? error.message : error)
}
