// Duty: English words of accounts that are not on a screen: mails, and refusals of users and organisations.
export const accounts = {
  'mail.greeting': 'Dear {name},',
  'mail.invitation.subject': 'Your invitation to KOSINT Tracker',
  'mail.invitation.text':
    'You are invited to work with KOSINT Tracker. Open this link and choose a password:',
  'mail.invitation.end': 'The link works once, for seven days. If you expected no invitation, do nothing.',
  'mail.reset.subject': 'A new password for KOSINT Tracker',
  'mail.reset.text': 'Somebody asked for a new password for your account. Open this link to choose one:',
  'mail.reset.end': 'The link works once, for two hours. If it was not you, do nothing: your password stays.',
  'mail.passwordChanged.subject': 'Your password was changed',
  'mail.passwordChanged.text': 'The password of your account was changed just now.',
  'mail.passwordChanged.end': 'If it was not you, tell your administrator at once.',
  'mail.factorOn.subject': 'Second factor turned on',
  'mail.factorOn.text':
    'From now on, signing in to your account asks for a code from your phone, too. Your other devices were signed out.',
  'mail.factorOn.end': 'If it was not you, tell your administrator at once.',
  'mail.factorOff.subject': 'Second factor turned off',
  'mail.factorOff.text': 'Your account asks for no code from a phone any more; the password alone is enough.',
  'mail.factorOff.end': 'If it was not you, tell your administrator at once.',
  'mail.factorReset.subject': 'Your second factor was taken away',
  'mail.factorReset.text':
    'An administrator took the second factor of your account away and signed you out everywhere. Sign in with your password and turn it on again under “My account”.',
  'mail.factorReset.end': 'If you did not ask for this, tell your administrator at once.',
  'mail.factorRecovery.subject': 'A recovery code was used',
  'mail.factorRecovery.text': 'One of your recovery codes was just used for your account. It works no more.',
  'mail.factorRecovery.end': 'If it was not you, tell your administrator at once.',
  'mail.factorGuessed.subject': 'Somebody knows your password',
  'mail.factorGuessed.text':
    'Your right password was given, but the code was wrong several times. Nobody got in.',
  'mail.factorGuessed.end': 'If it was not you, change your password now and tell your administrator.',
  'error.user.stale': 'Somebody else changed this person in the meantime. Compare both sides.',
  'error.user.lastAdministrator': 'This is the last administrator; somebody has to remain.',
  'error.user.emailTaken': 'Somebody with this e-mail is here already.',
  'error.user.notWaiting': 'This person has joined already, or is retired.',
  'error.organisation.stale': 'Somebody else changed this organisation in the meantime. Compare both sides.',
  'fault.contains_email': 'The password contains your e-mail. Choose another.',
} as const;
