/* A film of the playback: the picture, frame by frame as the map plays, recorded by the browser. */
(function (TM) {
  "use strict";

  const LONGEST = 60; // seconds
  const REST = 800; // milliseconds that the last frame stands
  const RATE = 30; // frames a second, at most
  const KINDS = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm", "video/mp4"];

  const paused = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));

  /** Play from the window as it stands and record it; the window stands there again afterwards. `words`: as of a picture.
      Gives {done, stop()}; `done` comes to {blob, seconds}. */
  TM.film = function (app, words) {
    const kind = window.MediaRecorder && KINDS.find((each) => MediaRecorder.isTypeSupported(each));
    if (!kind) throw new Error("This browser cannot record films. Chromium, Firefox and Safari of the last years can.");
    const { canvas, frame } = TM.picture.frames(app, words), { from, to, mode } = app.view, parts = [];
    const recorder = new MediaRecorder(canvas.captureStream(RATE), { mimeType: kind, videoBitsPerSecond: 6e6 });
    recorder.ondataavailable = ({ data }) => data.size && parts.push(data);
    const ended = new Promise((resolve) => (recorder.onstop = resolve));
    let going = true;
    const run = async () => {
      frame();
      recorder.start(1000);
      const began = performance.now(), seconds = () => (performance.now() - began) / 1000;
      try {
        app.transport.start();
        while (going && app.transport.timer && seconds() < LONGEST) {
          await drawn();
          frame();
        }
        await paused(REST);
        frame();
      } finally {
        app.stop();
        recorder.stop();
        await ended;
        app.setView({ from, to, mode });
        app.change(true);
      }
      if (!parts.length) throw new Error("The browser recorded nothing.");
      return { blob: new Blob(parts, { type: kind.split(";")[0] }), seconds: seconds() };
    };
    return { done: run(), stop: () => (going = false) };
  };
})((window.TM = window.TM || {}));
