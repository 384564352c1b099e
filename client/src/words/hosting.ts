/** Of what hosts decide: who may come in, and who may do what. */
export const HOSTING_WORDS = {
  waiting: 'Waiting to come in',
  /** Behind a name. */
  wantsIn: 'wants to come in.',
  letIn: 'Let in',
  notNow: 'Not now',
  whoComesIn: 'Who may come in',
  doors: {
    open: 'Anyone with the link',
    knock: 'Whoever a host lets in',
    locked: 'Nobody new',
  },
  newcomers: 'Newcomers only listen',
  newcomersNote: 'They hear the jam and chat, and play when a host lets them.',
  rolesNote: 'Roles are given out by the server, and every browser here holds the others to them.',
  knockNote: 'Whoever wants to come in knocks, and a host lets them in.',
  lockedNote: 'This jam is locked: nobody new comes in.',
  onlyListen: 'Only listen',
  noHost: 'No longer host',
  letPlay: 'Let play',
  makeHost: 'Make host too',
  askRemove: 'Remove…',
  openNote: (name: string) =>
    `This room is open: ${name} can come back by its name. Lock the room to keep them out.`,
  privateNote: (name: string) =>
    `The jam gets a new link, and ${name} does not come in by the old one. Nobody else does either: send the new link to those who are still to come.`,
  remove: (name: string) => `Remove ${name}`,
  cancel: 'Cancel',
} as const
