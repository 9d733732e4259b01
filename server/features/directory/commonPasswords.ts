// Duty: the stems that the commonest long passwords are made of, longest first; a password of nothing but these is refused.

/** From published lists of leaked passwords, and the words anybody would try here first. */
export const commonStems: readonly string[] = [
  'qwertyuiop asdfghjkl zxcvbnm qwertzuiop qwerty qwertz azerty asdfgh zxcvbn qazwsx 1q2w3e4r 1qaz2wsx',
  'password passwort passw0rd fjalekalimi fjalëkalimi lozinka sifra šifra kodi secret letmein welcome mireserdhe mirese dobrodosli',
  'administrator admin root guest user login test demo example changeme master default temporary',
  'iloveyou princess sunshine football baseball basketball superman batman dragon monkey shadow michael jordan pokemon starwars trustno',
  'kosovo kosova kosint tracker prishtina prishtine pristina shqiperia shqiperi srbija beograd tirana',
  'ferizaj urosevac uroševac fushekosove fushe kosove polje peja peje prizren gjakova gjakove djakovica mitrovica mitrovice gracanica gracanice',
  'activist aktivist koordinator coordinator advocacy romani ashkali egyptian',
  'january february march april june july august september october november december summer winter spring autumn',
  'monday tuesday wednesday thursday friday saturday sunday abcdefgh abcdef abcd abc mypass my the pass word love',
]
  .join(' ')
  .split(' ')
  .sort((a, b) => b.length - a.length);
