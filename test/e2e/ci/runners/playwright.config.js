// biome-ignore lint/style/noDefaultExport: Playwright asks for it
export default {
  timeout: 120_000,
  testMatch: '*.spec.js',
  reporter: 'json',
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] },
  },
};
