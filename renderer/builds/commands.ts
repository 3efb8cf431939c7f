import type { CommandSource } from '#renderer/lib/commands.ts'

export const buildsCommands: CommandSource = ({ site, access, acts }) =>
  site && access.mayAct && site.builder
    ? [
        {
          id: 'rebuild',
          group: 'Do',
          label: 'Rebuild now',
          says: 'Makes the whole site new',
          also: 'build deploy',
          does: acts.rebuild,
        },
        {
          id: 'roll back',
          group: 'Do',
          label: 'Roll back…',
          says: 'Builds: choose the release that visitors get',
          also: 'rollback roll-back revert undo earlier older release pin',
          does: '/builds',
        },
        {
          id: 'publish',
          group: 'Do',
          label: 'Publish a release…',
          says: 'Builds: choose the release that visitors get',
          also: 'deploy put live go forward unpin',
          does: '/builds',
        },
      ]
    : []
