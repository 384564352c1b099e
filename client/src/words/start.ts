/**
 * All that is said before the jam has begun: the pages outside of a jam, and what stands in its place while it comes.
 * Whatever else stands here makes everybody wait.
 */
export const START_WORDS = {
  app: 'beatcord',
  /** Whoever's name cannot be read. */
  someone: 'Someone',
  failed: 'That did not work.',
  insecure: 'Beatcord needs a secure page: open it over https, or on localhost.',
  noSoundInsecure:
    'Browsers allow no sound engine on a page that came over plain http from another computer. Open it over https: start the server with HTTPS=self, or put it behind an https address.',
  tuning: 'Tuning in to the beat…',
  unlock: 'Tap to join the sound',
  name: 'Your name',
  anotherName: 'Suggest another one',
  pitch: {
    before: 'Open a link.',
    middle: 'Make music together,',
    after: 'all on one beat.',
    small:
      'No account, no upload: the music goes from browser to browser, and sealed through the server where they find no way to each other.',
  },
  privateJam: 'Start a private jam',
  privateNote: 'Gets a link with a key of its own; only people you send it to can join.',
  roomName: 'Room name',
  roomExample: 'such as: kitchen table',
  openRoom: 'Open room',
  roomNote:
    'Joins the room of that name, or opens it. Whoever guesses the name can listen, and so could whoever runs the server.',
  recent: 'Recent jams',
  forget: 'Forget',
  forgetJam: (jam: string) => `Forget ${jam}`,
  justNow: 'just now',
  /** @param count  whole minutes, hours or days, from 1 */
  ago: ({ count, unit }: { count: number; unit: 'minute' | 'hour' | 'day' }) =>
    new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-count, unit),
  invite: {
    invited: 'You are invited to',
    open: 'An open room: whoever guesses its name can listen, and so could whoever runs the server.',
    private: 'A private jam: only this link opens it.',
    join: 'Join the jam',
    cutOff: 'This invite was cut off',
    nowhere: 'This link leads nowhere',
    cutOffNote:
      'It names a private jam, but its key, the part after the dot, did not make it here. Ask for the whole link again: in the jam, “Copy invite” copies it. Pasting it into the address bar keeps it whole; some messengers break long links.',
    nowhereNote: "An invite looks like this page's address, with a room after the “#”.",
    own: 'Start a jam of my own instead',
  },
  hideAddress: 'Hide my network address',
  hidden:
    'The others do not learn it; whoever runs the server does. Everything takes a detour, over a relay or the server: changes may come later, and the beat may be less exact.',
  notHidden: 'People in a room can see your network address, as in a video call.',
  look: 'Look',
  looks: { system: 'System', dark: 'Dark', light: 'Light' },
} as const
