/* Pictures and films of the map. What draws them lies with the map and is fetched when it is first asked for. */

const mapWindow = () => {
  const frame = document.querySelector(".st-key-stage iframe");
  return frame && frame.contentWindow && frame.contentWindow.__timemap ? frame.contentWindow : null;
};

function script(win, path) {
  return new Promise((resolve, reject) => {
    const node = win.document.createElement("script");
    node.src = new URL(path, window.location.href).href;
    node.onload = resolve;
    node.onerror = () => reject(new Error("What draws pictures did not arrive. Reload the page."));
    win.document.head.append(node);
  });
}

/* The map's window with everything in it that publishing needs. */
async function publisher({ scripts }) {
  const win = mapWindow();
  if (!win) throw new Error("The map is not drawn yet.");
  if (!win.TM.picture || !win.TM.film) for (const path of scripts) await script(win, path);
  await win.TM.picture.ready();
  return win;
}

/* What stands around the map in a picture: words of the page, not of the map. */
const wordsOf = (share, { title, note }) => ({ title: title || share.headline, note, credit: share.credit });

function save(blob, name) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function savePicture(share, named, { scale, kind }) {
  const win = await publisher(share), words = wordsOf(share, named);
  const blob = kind === "svg" ? await win.TM.picture.svg(win.__timemap.app, words) : await win.TM.picture.png(win.__timemap.app, words, scale);
  save(blob, kind === "svg" ? "reported-events.svg" : `reported-events${scale === 1 ? "" : `-${String(scale).replace(".", "_")}x`}.png`);
}

/* On paper stands the picture alone, on a page as wide as it is tall. */
async function printPicture(share, named) {
  const win = await publisher(share);
  const canvas = win.TM.picture.canvas(win.__timemap.app, wordsOf(share, named), 3);
  const sheet = element("div", "print-sheet");
  sheet.append(document.importNode(canvas, false));
  const copy = sheet.firstChild;
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext("2d").drawImage(canvas, 0, 0);
  document.body.append(sheet);
  document.documentElement.classList.add("prints-picture");
  window.addEventListener("afterprint", () => {
    sheet.remove();
    document.documentElement.classList.remove("prints-picture");
  }, { once: true });
  window.print();
}
