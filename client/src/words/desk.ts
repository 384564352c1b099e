/** Of what the desk of a jam shows wherever one is on it. */
export const DESK_WORDS = {
  commands: 'Commands',
  commandsTitle: ({ keys }: { keys: string }) => `Find a command (${keys})`,
  close: 'Close',
  dismiss: 'Dismiss',
  /** Of one's own track among others by name. */
  yours: (track: string) => `${track} (you)`,
} as const
