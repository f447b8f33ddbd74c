// Fills in the form of a page as a person does, by what each control is, and sends it.
import type { Locator, Page } from 'playwright-core';

/** By the name of the field: a text, a choice, a day as `2025-01-27`, a time as `2025-01-27 09:30`, what is ticked as a list. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

/** Fills in what is given, and presses a button. */
export async function fillAndSend(
  page: Page,
  filled: Filled,
  button: string | RegExp = /^(Save|Confirm|Record the exit)/,
): Promise<void> {
  for (const [name, value] of Object.entries(filled)) await fillField(page, name, value);
  await follows(page, page.getByRole('button', { name: button }).first());
}

/** Presses a link or a button, and waits for the page that it leads to. */
export async function follows(page: Page, leading: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('framenavigated'), leading.click({ timeout: 5_000 })]);
  await page.waitForLoadState('load');
}

async function fillField(page: Page, name: string, value: string | readonly string[]): Promise<void> {
  if (typeof value !== 'string') {
    for (const each of value) await page.locator(`[name="${name}"][value="${each}"]`).check({ force: true });
    return;
  }
  const day = page.locator(`[name="${name}-day"]`);
  if ((await day.count()) > 0) {
    const [date = '', time] = value.split(' ');
    const [year = '', month = '', dayOfMonth = ''] = date.split('-');
    await day.fill(dayOfMonth);
    await page.locator(`[name="${name}-month"]`).fill(month);
    await page.locator(`[name="${name}-year"]`).fill(year);
    if (time !== undefined) await page.locator(`[name="${name}-time"]`).fill(time);
    return;
  }
  const control = page.locator(`[name="${name}"]`).first();
  if ((await control.count()) === 0)
    throw new Error(`There is no field ${name} here:\n${await page.locator('main').innerText()}`);
  const isList = (await page.locator(`select[name="${name}"]`).count()) > 0;
  const kind = isList ? 'select' : await control.getAttribute('type');
  if (kind === 'radio' || kind === 'checkbox') await page.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
  else if (kind === 'select') await control.selectOption(value);
  else await control.fill(value);
}
