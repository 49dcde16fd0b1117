/// The style sheet and the script of the page of changes.
enum DifferencePageStyle {
  static let css = """
    :root {
      --paper: #f6f5f2; --card: #ffffff; --ink: #1d1d1f; --faint: #62646a; --line: #dcdad4;
      --accent: #2456c8; --good: #1c7433; --bad: #b3261e; --warn: #8a5300; --shade: #e9e7e1;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #17181a; --card: #202226; --ink: #ececea; --faint: #a0a3a9; --line: #35383d;
        --accent: #8fb4ff; --good: #7ed38c; --bad: #f08278; --warn: #f5c45a; --shade: #2a2d32;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
    header, main { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
    header { padding-top: 28px; }
    h1 { font-size: 24px; line-height: 1.25; margin: 0 0 12px; overflow-wrap: anywhere; }
    nav ul { list-style: none; padding: 0; margin: 0 0 8px; display: grid; gap: 2px; }
    nav span { color: var(--faint); font-size: 14px; margin-left: 6px; }
    a { color: var(--accent); overflow-wrap: anywhere; }
    .file { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
      padding: 20px; margin: 20px 0; }
    h2 { font-size: 18px; margin: 0 0 12px; overflow-wrap: anywhere; }
    h2 small { font-weight: 400; color: var(--faint); font-size: 14px; }
    h3 { font-size: 16px; margin: 14px 0 4px; overflow-wrap: anywhere; }
    h3:first-child { margin-top: 0; }
    .subject { display: grid; grid-template-columns: minmax(220px, 320px) minmax(0, 1fr); gap: 24px;
      padding: 18px 0; border-top: 1px solid var(--line); }
    .subject:first-of-type { border-top: 0; padding-top: 4px; }
    .lines { list-style: none; margin: 0 0 10px; padding: 0; font-size: 15px; }
    .lines li { position: relative; padding: 2px 0 2px 20px; overflow-wrap: anywhere; }
    .lines li::before { position: absolute; left: 2px; content: "\\2022"; color: var(--faint); }
    .lines .added::before, .lines .better::before { content: "+"; color: var(--good); font-weight: 700; }
    .lines .removed::before { content: "\\2212"; color: var(--bad); font-weight: 700; }
    .lines .worse::before { content: "!"; color: var(--warn); font-weight: 800; left: 5px; }
    .lines .added, .lines .better { color: var(--good); }
    .lines .removed { color: var(--bad); }
    .lines .worse { color: var(--warn); }
    .lines .note { color: var(--faint); }
    .bar { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px 16px; margin-bottom: 10px; }
    .maps, .modes { display: inline-flex; flex-wrap: wrap; border: 1px solid var(--line); border-radius: 7px;
      overflow: hidden; }
    button { font: inherit; font-size: 14px; padding: 5px 12px; min-height: 34px; border: 0; cursor: pointer;
      background: var(--card); color: var(--ink); }
    button + button { border-left: 1px solid var(--line); }
    button[aria-pressed="true"] { background: var(--shade); font-weight: 600; }
    button:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
    img { display: block; width: 100%; height: auto; }
    .stage { display: grid; gap: 12px; }
    .stage[hidden] { display: none; }
    .stage > *, .one figure { max-width: calc(76vh * var(--w) / var(--h)); width: 100%; margin: 0 auto; }
    .one figure { max-width: 420px; }
    .slide { --x: 50%; position: relative; border-radius: 6px; overflow: hidden; background: #000; }
    .slide .before { position: absolute; inset: 0; clip-path: inset(0 calc(100% - var(--x)) 0 0); }
    .handle { position: absolute; top: 0; bottom: 0; left: var(--x); width: 3px; margin-left: -1.5px;
      background: #fff; box-shadow: 0 0 0 1px rgba(0, 0, 0, .55); pointer-events: none; }
    .handle::after { content: "\\2194"; position: absolute; top: 50%; left: 50%; width: 34px; height: 34px;
      margin: -17px 0 0 -17px; border-radius: 50%; background: #fff; color: #222; font-size: 19px;
      line-height: 33px; text-align: center; box-shadow: 0 0 0 1px rgba(0, 0, 0, .55); }
    .slide input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0;
      cursor: ew-resize; touch-action: pan-y; }
    .slide:focus-within .handle::after { outline: 3px solid var(--accent); }
    .tag { position: absolute; top: 8px; padding: 1px 8px; border-radius: 4px; font-size: 13px;
      background: rgba(0, 0, 0, .66); color: #fff; pointer-events: none; }
    .left { left: 8px; } .right { right: 8px; }
    figure { margin: 0; } .onion img, .one img { border-radius: 6px; background: #000; }
    figcaption { font-size: 14px; color: var(--faint); margin-top: 6px; }
    .red { color: #d2443a; } .cyan { color: #10808f; } .arrow { color: #8a6a00; }
    @media (prefers-color-scheme: dark) {
      .red { color: #ff7a70; } .cyan { color: #5fd4e3; } .arrow { color: #ffd640; }
    }
    [data-mode="slide"] .onion, [data-mode="beside"] .onion, [data-mode="onion"] .slide { display: none; }
    [data-mode="beside"] .slide { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; background: none;
      max-width: none; }
    [data-mode="beside"] .slide .before { position: static; clip-path: none; order: -1; }
    [data-mode="beside"] .slide input, [data-mode="beside"] .handle { display: none; }
    [data-mode="beside"] .tag.right { right: auto; left: calc(50% + 12px); }
    .none, .notice { color: var(--faint); }
    @media (max-width: 760px) {
      header, main { padding-left: 12px; padding-right: 12px; }
      .file { padding: 14px; }
      .subject { grid-template-columns: minmax(0, 1fr); gap: 12px; }
    }
    @media print { .bar, .handle, .slide input { display: none; } .file { break-inside: avoid; } }

    """

  static let script = """
    for (const slide of document.querySelectorAll('.slide')) {
      const range = slide.querySelector('input');
      range.addEventListener('input', () => slide.style.setProperty('--x', range.value + '%'));
    }
    for (const viewer of document.querySelectorAll('.viewer')) {
      const press = (buttons, pressed) =>
        buttons.forEach(button => button.setAttribute('aria-pressed', button === pressed));
      const maps = [...viewer.querySelectorAll('[data-map]')];
      const stages = [...viewer.querySelectorAll('.stage')];
      maps.forEach((button, index) => button.addEventListener('click', () => {
        press(maps, button);
        stages.forEach((stage, number) => { stage.hidden = number !== index; });
      }));
      const modes = [...viewer.querySelectorAll('[data-show]')];
      modes.forEach(button => button.addEventListener('click', () => {
        press(modes, button);
        viewer.dataset.mode = button.dataset.show;
      }));
    }

    """
}
