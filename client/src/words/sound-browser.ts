/** Of the list of all sounds. */
export const SOUND_BROWSER_WORDS = {
  label: 'All sounds',
  search: 'Search sounds',
  searchHint: 'Search',
  kindsLabel: 'Kinds of sound',
  kinds: {
    all: 'All',
    bass: 'Bass',
    lead: 'Lead',
    keys: 'Keys',
    pad: 'Pad',
    pluck: 'Pluck',
    bell: 'Bell',
    fx: 'Effects',
    drums: 'Drums',
    mine: 'Mine',
  },
  cancel: 'Cancel',
  cancelTitle: 'Leave the sound as it was (Escape)',
  take: 'Take it',
  takeTitle: 'Give this sound to the track, for everybody (Enter)',
  sounds: 'Sounds',
  noneSaved: 'You have saved no sounds yet: the three dots above do that.',
  none: 'No sound is called that.',
  /** Behind the name of a sound. */
  onlyYou: ': only you hear it until you take it.',
  hint: 'Point at a sound to hear it, or use the arrow keys.',
} as const
