// Duty: every page's address, as a pattern for the router and as a maker of links. No page is imported here, so all may import it.

const path = <Pattern extends string>(pattern: Pattern) => ({ pattern, href: (): string => pattern });
const pathOf = <Name extends string>(pattern: `/${string}:${Name}`) => ({
  pattern,
  href: (value: string): string => pattern.replace(/:\w+$/, encodeURIComponent(value)),
});

export const paths = {
  home: path('/'),
  cases: path('/cases'),
  logCase: path('/cases/new'),
  case: pathOf('/cases/:id'),
  handOver: path('/hand-over'),
  refer: pathOf('/refer/:caseId'),
  referrals: path('/referrals'),
  referral: pathOf('/referrals/:id'),
  issues: path('/issues'),
  issue: pathOf('/issues/:id'),
  answer: pathOf('/answer/:token'),
  commitments: path('/commitments'),
  commitment: pathOf('/commitments/:id'),
  recordCommitment: path('/commitments/new'),
  correctCommitment: pathOf('/correct-commitment/:id'),
  campaigns: path('/campaigns'),
  campaign: pathOf('/campaigns/:id'),
  map: path('/map'),
  institutions: path('/institutions'),
  institution: pathOf('/institutions/:id'),
  letters: path('/letters'),
  newLetter: path('/letters/new'),
  letter: pathOf('/letters/:id'),
  replyRules: path('/reply-rules'),
  progress: path('/progress'),
  figures: path('/figures'),
  release: pathOf('/figures/:id'),
  overrides: path('/overrides'),
  withdrawals: path('/withdrawal-papers'),
  equity: path('/equality'),
  notifications: path('/notifications'),
  account: path('/account'),
  users: path('/users'),
  organisations: path('/organisations'),
  shared: pathOf('/shared/:token'),
  readLog: path('/read-log'),
  retention: path('/retention'),
  signIn: path('/sign-in'),
  invitation: pathOf('/invitation/:token'),
  forgot: path('/forgot-password'),
  reset: pathOf('/reset/:token'),
};

/** The list of cases that a search of the top bar leads to. */
export const searchHref = (words: string): string =>
  `${paths.cases.href()}?${new URLSearchParams({ q: words })}`;

/** Where to go after signing in; only an address inside this site, or home. */
export function safeNext(next: string | null): string {
  // Read as the browser will read it: tabs and line breaks vanish, `\` is `/`, and what is left may name another host.
  const here = 'http://here.invalid';
  const isHere = next?.startsWith('/') && URL.canParse(next, here) && new URL(next, here).origin === here;
  return next && isHere ? next : paths.home.href();
}
