/* WordPress frames cards of sites that it does not know in a sandbox where no link works: it opens
   the links that it is told of, by the secret that it adds to the address of the frame. */
const secret = /[#&?]secret=(\w+)/.exec(location.hash);
if (secret && window.parent !== window) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link) {
      event.preventDefault();
      window.parent.postMessage({ message: "link", value: link.href, secret: secret[1] }, "*");
    }
  });
}
