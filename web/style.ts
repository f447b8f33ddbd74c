// The look that is ours: a council's colours through the library's own properties, and what the library has no component for.
export const ourStyle = `
:root {
  --govuk-brand-colour: #14213d;
  --govuk-link-colour: #0b4f7d;
  --govuk-link-hover-colour: #062f4b;
  --govuk-template-background-colour: #f3f5f7;
}
.cap-header { background: #14213d; color: #fff; border-bottom: 4px solid #e0a100; }
.cap-header__line { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 20px; padding: 12px 0; align-items: baseline;
  font-family: 'Segoe UI', 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif; }
.cap-header__service { font-size: 1.5rem; font-weight: 700; text-decoration: none; }
.cap-header__organisation { margin-left: 10px; }
@media (max-width: 40.0525rem) { .cap-header__organisation { display: block; margin-left: 0; } }
.cap-header__link, .cap-header__link:visited { color: #fff; }
.cap-header__link:focus { color: #0b0c0c; background: #fd0; outline: 3px solid transparent; box-shadow: 0 -2px #fd0, 0 4px #0b0c0c; }
.cap-header__who form { display: inline; }
.cap-header__who button { background: none; border: 0; padding: 0; margin-left: 14px; color: #fff; font: inherit; text-decoration: underline; cursor: pointer; }
.cap-header__who button:focus { color: #0b0c0c; background: #fd0; outline: 3px solid transparent; box-shadow: 0 -2px #fd0, 0 4px #0b0c0c; text-decoration: none; }
.cap-footer { border-top: 1px solid #b1b4b6; background: #f3f5f7; margin-top: 30px; padding: 25px 0 35px; font-family: 'Segoe UI', 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif; }
.cap-footer__links { list-style: none; margin: 0 0 12px; padding: 0; display: flex; flex-wrap: wrap; gap: 8px 24px; }
.cap-footer__name { margin: 0; color: #484949; }
.govuk-width-container { max-width: 1280px; }
@media (max-width: 1339px) { .govuk-width-container { margin-left: 30px; margin-right: 30px; } }
@media (max-width: 40.0525rem) { .govuk-width-container { margin-left: 15px; margin-right: 15px; } }
.cap-narrow { max-width: 960px; }
.cap-reference { white-space: nowrap; }
@media (max-width: 26rem) { .govuk-panel .cap-reference { font-size: 1.25rem; } }
main h1 { text-wrap: balance; }
main, .cap-header, .govuk-back-link { overflow-wrap: anywhere; }
main td, main th { overflow-wrap: break-word; max-width: 15em; }
.govuk-task-list__status, .govuk-tag { overflow-wrap: normal; white-space: nowrap; max-width: none; }
.govuk-tag.cap-badge--long { white-space: normal; }
.govuk-body, main .govuk-list { max-width: 44em; }
.cap-empty { color: #484949; border-left: 4px solid #cecece; padding: 8px 0 8px 15px; }
.cap-inline { display: flex; flex-wrap: wrap; gap: 0 15px; align-items: baseline; margin-bottom: 20px; }
.cap-leads > li { margin-bottom: 15px; }
.cap-leads p { margin: 0; color: #484949; }
.cap-timeline { list-style: none; margin: 0 0 30px; padding: 0; }
.cap-timeline > li { border-left: 3px solid #cecece; padding: 0 0 18px 18px; }
.cap-timeline__time { color: #484949; display: block; }
.cap-week .govuk-checkboxes__item { margin-bottom: 0; }
.cap-numbers { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 10rem), 1fr)); gap: 15px; margin: 0 0 30px; padding: 0; }
.cap-numbers > div { background: #f4f8fb; border: 1px solid #8eb8dc; padding: 15px; }
.cap-numbers dt { margin: 0; }
.cap-numbers dd { margin: 0; font-size: 2rem; font-weight: 700; }
.cap-sample { overflow-x: auto; background: #f3f2f1; padding: 15px; }
.cap-words { white-space: pre-line; }
.cap-bars { display: block; width: 100%; max-width: 44rem; margin-bottom: 15px; font: 1rem/1.25 'Segoe UI', 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif; }
.cap-charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 28rem), 1fr)); gap: 10px 50px; margin-bottom: 20px; }
.cap-charts > section { min-width: 0; }
.cap-bars__value { font-weight: 700; }
.cap-bars__ground { fill: #e8ecf0; }
.cap-bars__bar { fill: #0b4f7d; }
.cap-choose { display: flex; flex-wrap: wrap; gap: 0 15px; align-items: flex-end; }
.cap-code { font-family: monospace; overflow-wrap: anywhere; }
@media (max-width: 40.0525rem) {
  .cap-table thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .cap-table, .cap-table tbody, .cap-table tr, .cap-table td, .cap-table caption { display: block; }
  .cap-table tr { border-bottom: 1px solid #b1b4b6; padding: 10px 0; }
  .cap-table td { border: 0; padding: 2px 0; text-align: left; max-width: none; }
  .cap-table td:empty { display: none; }
  .cap-table td.cap-plain:not(:empty) { display: inline; }
  .cap-table td.cap-plain:not(:empty) ~ td.cap-plain:not(:empty)::before { content: " · "; }
  .govuk-tag { white-space: normal; }
  .cap-table td[data-title]:not([data-title=""]):not(:empty)::before { content: attr(data-title) ": "; font-weight: 700; }
}
kbd.cap-key { display: none; border: 1px solid #484949; border-radius: 3px; padding: 0 6px; background: #fff; font: 600 0.9em/1.3 monospace; color: #0b0c0c; }
.js-enabled kbd.cap-key { display: inline-block; }
.js-enabled.cap-keys-off label kbd.cap-key, .js-enabled.cap-keys-off a kbd.cap-key { display: none; }
.cap-keys { display: none; }
.js-enabled .cap-keys { display: block; }
.cap-keys__list { margin: 0 0 15px; }
.cap-keys__list > div { display: flex; gap: 12px; padding: 3px 0; }
.cap-keys__list dt { min-width: 3em; }
.cap-keys__list dd { margin: 0; }
.cap-steps { display: flex; flex-wrap: wrap; gap: 6px 24px; align-items: baseline; margin: 0 0 20px; padding: 10px 0; border-top: 1px solid #b1b4b6; border-bottom: 1px solid #b1b4b6; }
.cap-steps p { margin: 0; }
.cap-said { border-left: 5px solid #14213d; background: #f4f8fb; padding: 15px 18px 1px; margin: 0 0 25px; }
.cap-said .govuk-heading-s { margin-bottom: 5px; }
.cap-decide { background: #f4f8fb; border: 1px solid #8eb8dc; padding: 18px 20px 4px; }
.cap-decide .govuk-button { margin-bottom: 14px; }
@media (min-width: 64rem) {
  .cap-two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 25rem); gap: 0 40px; align-items: start; }
  .cap-decide { position: sticky; top: 10px; max-height: calc(100vh - 20px); overflow-y: auto; box-sizing: border-box; }
}
.cap-decide .govuk-inset-text, .cap-decide .govuk-form-group { margin-top: 0; margin-bottom: 16px; }
.cap-decide .govuk-radios__item { margin-bottom: 4px; }
@media (min-width: 40.0625rem) { .cap-pack .govuk-summary-list__key { width: 38%; } }
.cap-register__student { border-top: 1px solid #b1b4b6; padding: 15px 0 10px; }
.cap-register__name { margin-bottom: 0; }
.cap-register__note { color: #484949; margin-bottom: 10px; }
.cap-register__halves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 0 30px; }
.cap-register legend { margin-bottom: 5px; }
.cap-marks { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px; margin-bottom: 15px; }
.cap-mark { display: flex; align-items: center; gap: 8px; min-height: 48px; padding: 4px 10px; border: 2px solid #0b0c0c; background: #fff; cursor: pointer; font-family: inherit; }
.cap-mark input { width: 22px; height: 22px; margin: 0; flex: none; accent-color: #14213d; }
.cap-mark:has(:checked) { background: #e8f0f6; font-weight: 700; }
@media (max-width: 26rem) { .cap-mark { flex-direction: column; justify-content: center; gap: 2px; padding: 6px 2px; } }
.cap-mark:focus-within { outline: 3px solid #fd0; outline-offset: 0; box-shadow: inset 0 0 0 2px; }
.cap-neighbours { display: flex; flex-wrap: wrap; gap: 10px 30px; margin-bottom: 20px; font-family: inherit; font-size: 1.1875rem; }
.cap-neighbours a { padding: 6px 0; }
.cap-item { margin-bottom: 6px; }
.cap-row { margin-bottom: 10px; }
.cap-row__fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0 25px; align-items: end; }
.cap-row__fields .govuk-select { width: 100%; min-width: 0; }
.cap-cell { min-width: 7rem; margin: 0; }
.cap-session { display: block; white-space: nowrap; margin-bottom: 8px; }
@supports selector(:has(*)) {
  .govuk-radios__item:has(:checked) + .govuk-radios__conditional { display: block; }
  .govuk-radios__item:has(input:not(:checked)) + .govuk-radios__conditional { display: none; }
  .govuk-radios__item:has(:checked) + .govuk-radios__conditional--hidden { display: block; }
}
@media print { .cap-no-print, .cap-header, .cap-footer, .govuk-service-navigation, .govuk-back-link, .govuk-button, .cap-neighbours, .cap-screen, .cap-steps, .cap-decide, details:not([open]) { display: none; }
  main td, main th { max-width: none; font-size: 10pt; padding-right: 6px; }
  .govuk-tag { padding: 0; font-size: 10pt; }
  .govuk-tag, .cap-session { white-space: normal; }
  .govuk-link[href^="/"]::after { content: none; }
}
`;
