import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Served, WORDS } from "./served.ts";

const CHAT = `22/11/2026, 09:00 - Messages and calls are end-to-end encrypted.
22/11/2026, 09:01 - Ben Osei: Morning! Coffee at ten?
22/11/2026, 09:02 - Ada Reyes: Yes, see you there
22/11/2026, 09:40 - Ben Osei: The contractor asks whether the harbour lease is approved
22/11/2026, 09:41 - Ada Reyes: I approve the harbour lease for two years at 40,000 a year. Please tell the contractor to start work on Monday.
`;

const REQUEST = {
  v: 1, kind: "access", reference: "A-2026-0042", issued: "2026-11-22T09:00:00Z", due: "2026-12-22", issuer: { name: "Cal Moss", address: "cal@dept.example" },
  terms: ["harbour"], people: [], since: "2026-01-01", until: "2026-11-30", channels: ["whatsapp"], hold: true, note: "",
};

const DECISION = 5; // the message of CHAT that decides something

async function bringIn(served: Served): Promise<void> {
  const { page } = served;
  const file = join(served.dir, "WhatsApp Chat with Harbour.txt");
  writeFileSync(file, CHAT);
  await served.desk(file);
  await page.click("#nav-import");
  await page.click("#choose");
  await page.selectOption("#me", "Ada Reyes");
  await page.click("#judge");
  await page.waitForSelector("#choosing");
}

test("a person makes the vault, brings in a chat, keeps, finds, proves, delivers, and answers a request", async () => {
  const served = await Served.start();
  const { page } = served;
  try {
    await page.fill("#passphrase", "short");
    await page.fill("#again", "short");
    await page.click("#go");
    assert.match((await page.textContent("#passphrase-fault")) ?? "", /12 characters/);
    await page.fill("#passphrase", WORDS);
    await page.fill("#again", WORDS);
    await page.click("#go");
    const recovery = (await page.textContent("#recovery")) ?? "";
    assert.match(recovery, /^([0-9A-Z]{4}-){8}[0-9A-Z]{4}$/);
    assert.ok(await page.isDisabled("#start"), "nobody goes on without saying that the key is written down");
    await page.check("#wrote");
    await page.click("#start");
    await page.waitForSelector("#empty");
    assert.ok(!(await page.content()).includes(recovery), "the recovery key is still on the page");

    await bringIn(served);
    assert.ok(await page.isChecked(`#m${DECISION}`));
    await page.click("#nav-home"); // it waits there
    await page.click("#decide");
    assert.ok(await page.isChecked(`#m${DECISION}`), "the choice was lost by looking elsewhere");
    await page.click("#none");
    await page.check(`#m${DECISION}`);
    await page.click("#keep");
    await page.waitForSelector("#outcome[data-tone=good]");

    await page.click("#nav-library");
    await page.fill("#words", "HARBOUR léase");
    await page.press("#words", "Enter");
    await page.waitForSelector(".hit mark");
    await page.click(".hit .title");
    await page.click("#verify");
    await page.waitForSelector("#proof .checks");
    assert.equal(await page.locator("#proof [data-tone=bad]").count(), 0);
    assert.match((await page.textContent("#messages")) ?? "", /start work on Monday/);
    await page.click("#nav-home");
    await page.waitForSelector("#latest");
    assert.doesNotMatch((await page.textContent("body")) ?? "", /start work on Monday/, "the text of a closed record is still on the page");

    await deliver(served);
    await answer(served);
    assert.deepEqual(served.troubles, []);
  } finally {
    await served.close();
  }
});

test("what takes long is stopped by its button, and the window goes on", async () => {
  const served = await Served.start();
  const { page } = served;
  try {
    await served.begin();
    const file = join(served.dir, "long.txt");
    const line = (i: number) => `22/11/2026, 09:0${i % 10} - Ben Osei: The contractor asks about lease ${i} of the harbour and its crane`;
    writeFileSync(file, Array.from({ length: 30_000 }, (_, i) => line(i)).join("\n"));
    await served.desk(file);
    await page.click("#nav-import");
    await page.click("#choose");
    await page.click("#judge");
    await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0);
    await page.click("#work-cancel");
    await page.waitForFunction(() => /Stopped/.test(document.querySelector(".live")?.textContent ?? ""));
    assert.equal(await page.locator("#choosing").count(), 0);
    await page.click("#close-file");
    await page.click("#nav-library");
    await page.waitForSelector(".total");
    assert.match((await page.textContent(".total")) ?? "", /Nothing/);
  } finally {
    await served.close();
  }
});

async function deliver(served: Served): Promise<void> {
  const { page } = served;
  const folder = join(served.dir, "Records");
  mkdirSync(folder);
  await served.desk(folder);
  await page.click("#nav-settings");
  await page.click("#add");
  await page.waitForSelector("#remove-Records");
  await page.click("#nav-home");
  await page.click("#to-Records"); // the button names the place
  await page.waitForSelector(".state[data-tone=good]");
  assert.equal(readdirSync(folder).filter((name) => name.endsWith(".eml")).length, 1);
}

async function answer(served: Served): Promise<void> {
  const { page } = served;
  const [file, zip] = [join(served.dir, "request.json"), join(served.dir, "package.zip")];
  writeFileSync(file, JSON.stringify(REQUEST));
  await served.desk(file, zip);
  await page.click("#nav-requests");
  await page.click("#open-request");
  await page.fill("#by", "Ada Reyes");
  await page.press("#by", "Tab");
  await page.click("#run");
  await page.waitForSelector("#results .hit");
  assert.match((await page.textContent("#holds")) ?? "", /A-2026-0042/);
  await page.click("#write");
  await page.waitForSelector("#results .outcome");
  assert.ok(existsSync(zip));
}

test("every view is free of what axe finds, in both languages and themes, and nothing has to be scrolled sideways at 200 and 400 %; a seeded fault is found", async () => {
  const served = await Served.start();
  const { page } = served;
  const look = async (what: string) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await served.faults(), [], `${what} ${colorScheme}`);
    }
    for (const width of [590, 320]) {
      await page.setViewportSize({ width, height: 820 });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, `${what} at ${width} pixels`);
    }
    await page.setViewportSize({ width: 1180, height: 820 });
  };
  try {
    await look("first start");
    await served.begin();
    await bringIn(served);
    await look("judged import");
    await page.click("#keep");
    await page.waitForSelector("#outcome");
    for (const language of ["en", "fr"] as const) {
      await page.click("#nav-settings");
      await page.check(`#language-${language}`);
      await page.waitForFunction((lang) => document.documentElement.lang === lang, language);
      await look(`settings ${language}`);
      for (const [place, ready] of [["home", "#latest"], ["import", "#holds"], ["requests", "#general"], ["library", ".hits"]] as const) {
        await page.click(`#nav-${place}`);
        await page.waitForSelector(ready);
        await look(`${place} ${language}`);
      }
      await page.click(".hit .title");
      await page.click("#verify");
      await page.waitForSelector("#proof .checks");
      await look(`record ${language}`);
      await page.click("#nav-check");
      await page.fill("#body", "I approve the harbour lease for two years. Card 4111 1111 1111 1111");
      await page.click("#judge");
      await page.waitForSelector("#verdict");
      await look(`check ${language}`);
    }
    await page.evaluate(() => document.querySelector('label[for="body"]')?.remove());
    assert.match((await served.faults()).join(), /label: #body/);
    assert.deepEqual(served.troubles, []);
  } finally {
    await served.close();
  }
});

test("the keyboard reaches what checking and keeping by hand need; what was typed stays; a slip of the pen does not open the vault", async () => {
  const served = await Served.start();
  const { page } = served;
  const tabTo = async (id: string) => {
    for (let i = 0; i < 60; i++) {
      if ((await page.evaluate(() => document.activeElement?.id)) === id) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`#${id} is not reached by the Tab key`);
  };
  try {
    await served.begin();
    await tabTo("nav-check");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#body");
    await tabTo("body");
    await page.keyboard.type("I approve the harbour lease for two years at 40,000 a year.");
    await tabTo("to");
    await page.keyboard.type("Ben Osei");
    await tabTo("judge");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#verdict .outcome");
    assert.match((await page.textContent("#verdict .outcome")) ?? "", /kept/);
    await tabTo("by-hand");
    await page.keyboard.press("Enter");
    await tabTo("keep");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#missing");
    await page.click("#nav-settings"); // what was typed stays
    await page.fill("#name", "Ada Reyes");
    await page.press("#name", "Tab");
    await page.click("#nav-check");
    assert.match(await page.inputValue("#body"), /harbour lease/);
    await page.fill("#from", "Ada Reyes");
    await page.fill("#subject", "Harbour lease");
    await page.press("#subject", "Tab");
    await page.click("#keep");
    await page.waitForSelector("#see");
    assert.equal(await page.inputValue("#body"), "");
    await page.click("#lock");
    await page.waitForSelector("#open");
    await page.fill("#passphrase", "copper kettle on the quai");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#passphrase-fault");
    await page.fill("#passphrase", WORDS);
    await page.keyboard.press("Enter");
    await page.waitForSelector("#latest .hit");
    assert.deepEqual(served.troubles, []);
  } finally {
    await served.close();
  }
});
