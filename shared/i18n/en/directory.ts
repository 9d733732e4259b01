// Duty: English words of the directory: signing in, my account, users, organisations.
export const directory = {
  'directory.signIn': 'Sign in',
  'directory.email': 'E-mail',
  'directory.password': 'Password',
  'directory.showPassword': 'Show or hide the password',
  'directory.forgot': 'Forgot the password?',
  'directory.examples': 'Try it',
  'directory.examplesText': 'One account per role, with invented cases. Choose one to sign in.',
} as const;
