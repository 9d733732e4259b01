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
  'error.user.stale': 'Somebody else changed this person in the meantime. Compare both sides.',
  'error.user.lastAdministrator': 'This is the last administrator; somebody has to remain.',
  'error.user.emailTaken': 'Somebody with this e-mail is here already.',
  'error.user.notWaiting': 'This person has joined already, or is retired.',
  'error.organisation.stale': 'Somebody else changed this organisation in the meantime. Compare both sides.',
  'fault.contains_email': 'The password contains your e-mail. Choose another.',
} as const;
