/** Of the row of scenes: one pattern of all tracks. */
export const SCENE_WORDS = {
  title: 'Scenes',
  launch: ({ label, name }: { label: string; name: string | undefined }) =>
    `Play ${name === undefined ? '' : `${name}, `}pattern ${label} of all tracks`,
  edit: 'Name scenes',
  done: 'Done',
  name: (label: string) => `Name of scene ${label}`,
  unnamed: 'No name',
  launchTitle: 'With the next bar, for everybody; tracks without notes in it play on',
  drop: 'Drop',
  dropTitle: 'Silence for the next bar, and all back on the one; once more calls it off',
} as const
