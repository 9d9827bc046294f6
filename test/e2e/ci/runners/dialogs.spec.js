import { test as base } from '@playwright/test';
import { growthFixtures } from 'showbackref/playwright';

const test = base.extend(growthFixtures);

for (const query of ['', '?mended']) {
  test(`dialogs are not kept ${query}`, async ({ page, expectNoGrowth }) => {
    await page.goto(new URL(`leaks.html${query}`, import.meta.url).href);
    const work = async () => {
      await page.locator('#open').click();
      await page.locator('#close').click();
    };
    await expectNoGrowth(work, { rounds: 3 });
  });
}
