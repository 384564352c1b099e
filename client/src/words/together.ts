/** What the page says about people playing together. */
export const TOGETHER_WORDS = {
  reactions: 'Reactions',
  onTheBeat: (words: string) => `${words}: everybody sees it on the next beat`,
  you: 'You',
  someone: 'Someone',
  times: ({ words, count }: { words: string; count: number }) =>
    count === 1 ? words : `${words}, ${count} times`,
  aboutPerson: (name: string) => `Options for ${name}`,
  follow: (name: string) => `Follow ${name}`,
  unfollow: 'Stop following',
  followState: 'Following',
  followNote: (name: string) =>
    `Shows the notes that ${name} has open, until you touch some yourself or press Escape.`,
  following: (name: string) => `Following ${name}`,
  stop: 'stop',
  hide: 'Hide for me',
  show: 'Show again',
  hideNote: (name: string) =>
    `You alone hear no track of ${name}'s, and see none of their messages, pointer and reactions.`,
  isHidden: 'hidden for you',
  hidden: (name: string) => `${name} is hidden for you`,
  chime: 'Join chime',
  chimeNote: 'Two soft notes in the key of the jam when somebody joins. Only you hear them.',
  scan: 'To join by phone, point its camera here.',
  qrCode: 'QR code of the invite link',
  share: 'Share…',
  shareText: 'Make music with me in the browser, on one beat:',
  firstMinute: 'First steps',
  firstSteps: {
    note: 'Write a note',
    play: 'Press play',
    invite: 'Invite a friend',
  },
  firstHints: {
    note: { fine: 'Click a cell of the grid.', coarse: 'Tap a cell; hold a note for more.' },
    play: { fine: 'Or press Space. All hear it.', coarse: 'Everybody in the jam hears it.' },
    invite: { fine: 'Send them the link.', coarse: 'Send them the link.' },
  },
  isDone: 'done',
  allDone: 'That is all it takes. Have fun.',
  dismiss: 'Hide these hints',
  emptyPattern: {
    fine: 'Nothing here yet. Click a cell to write a note.',
    coarse: 'Nothing here yet. Tap a cell to write a note.',
  },
  aloneInChat: 'Nobody else is here yet. Copy the invite and send it to a friend.',
  /** What reactions say; how they look is told by the icons of the same names. */
  reactionNames: {
    fire: 'Fire',
    love: 'Love it',
    rock: 'Rock on',
    wow: 'Wow',
    again: 'Again',
    bass: 'That bass',
  },
} as const
