#pragma once

namespace zhenhui::reporting::narrative {

// The style sheet of the annotated page. No url() and no @import: the page stands alone.
inline constexpr char kPageStyle[] = R"css(
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1.25rem 4rem; background: #fff; color: #1f2328;
  font: 16px/1.75 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
h1 { font-size: 1.5rem; line-height: 1.4; margin: 0 0 .25rem; }
.sub, .note, .legend, .counts, footer { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC",
  "Microsoft YaHei", sans-serif; }
.sub { color: #57606a; font-size: .85rem; margin: 0; overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: .4rem; margin: 1rem 0 .5rem; padding: 0; list-style: none; font-size: .9rem; }
.counts li { padding: .1rem .6rem; border-radius: 1rem; border: 1px solid; }
.legend { font-size: .8rem; color: #57606a; margin: 0 0 1.25rem; }
.legend summary { cursor: pointer; }
.legend dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(24rem, 1fr)); gap: .15rem 1.5rem; margin: .5rem 0 0; }
.legend div { display: flex; gap: .5rem; }
.legend dt { flex: 0 0 8.5rem; } .legend dd { margin: 0; }
.row { display: grid; grid-template-columns: minmax(0, 1fr) 23rem; gap: 0 2rem; }
.row > p, .row > h2 { margin: 0 0 .6rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.row > p { text-indent: 2em; }
.row > h2 { font-size: 1.05rem; margin-top: .8rem; }
mark { color: inherit; padding: .05rem .15rem; border-radius: .2rem; border-bottom: 2px solid; text-indent: 0; }
mark a { text-decoration: none; color: inherit; font: 600 .7rem/1 sans-serif; vertical-align: super; margin-left: .1rem; }
.tag { font: 600 .75rem/1.4 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; white-space: nowrap; padding: 0 .3rem;
  border-radius: .2rem; }
.notes { margin: 0 0 .8rem; padding: 0; list-style: none; }
.note { font-size: .8rem; line-height: 1.55; border-left: 3px solid; padding: .2rem 0 .3rem .6rem; margin-bottom: .5rem; }
.note p { margin: 0; overflow-wrap: anywhere; } .note .en { color: #57606a; } .note .fix { font-weight: 600; }
.note:target { outline: 2px solid #0969da; } mark:target { outline: 2px solid #0969da; }
.ok { background: #e6f4ea; border-color: #1a7f37; } .warn { background: #fff4ce; border-color: #9a6700; }
.bad { background: #ffe3e0; border-color: #cf222e; } .info { background: #e7ecf3; border-color: #57606a; }
.note.ok, .note.warn, .note.bad, .note.info { background: none; }
footer { margin-top: 2rem; padding-top: .75rem; border-top: 1px solid #d0d7de; font-size: .8rem; color: #57606a; }
@media (max-width: 56rem) { .row { grid-template-columns: minmax(0, 1fr); } }
@media print {
  @page { size: A4; margin: 18mm 15mm; }
  body { padding: 0; font-size: 10.5pt; max-width: none; }
  .row { grid-template-columns: minmax(0, 1fr) 62mm; gap: 0 6mm; }
  .note { break-inside: avoid; font-size: 8pt; }
  .row:has(> h2) { break-after: avoid; }
  mark, .tag, .counts li { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)css";

}  // namespace zhenhui::reporting::narrative
