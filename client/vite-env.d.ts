// Duty: types of what Vite can import that TypeScript cannot (styles, files). No types of our own.
/// <reference types="vite/client" />
