// Prints Lighthouse's scores of a page, and what it found wanting: node lighthouse.mjs ADDRESS BROWSER FLAG…
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const [address, executablePath, ...args] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args, headless: true });
const page = await browser.newPage();
// The page's policy forbids every request, Lighthouse's own for robots.txt too.
await page.setBypassCSP(true);
const onlyCategories = ["accessibility", "best-practices", "seo"];
const { lhr } = await lighthouse(address, { onlyCategories, logLevel: "error", output: "json" }, undefined, page);
const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
const wanting = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1).map(({ id, title }) => `${id}: ${title}`);
console.log(JSON.stringify({ scores, wanting }));
await browser.close();
