import type { Problem } from '../../shared/protocol/socket.ts';

/** What a screen says it in is in the catalogues, by its code. */
function own(severity: Problem['severity'], code: string): Problem {
  return { severity, code, message: '', tip: '' };
}

/** What this page itself has to say about its link. */
export const LINK_PROBLEMS = {
  /** The server speaks another protocol. */
  protocol: own('error', 'protocol'),
  noChannel: own('error', 'no-channel'),
  /** The server has other units or indicators than this page. */
  otherEdition: own('error', 'other-edition'),
  /** This machine's clock is off by more than five seconds; ages count by the server's. */
  clockWrong: own('info', 'clock-wrong'),
  unreadable: own('warning', 'unreadable'),
} as const satisfies Record<string, Problem>;
