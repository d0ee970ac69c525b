// A file that is dropped anywhere on the page is read.
const file = document.getElementById("file");
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  file.files = event.dataTransfer.files;
  file.form.requestSubmit();
});
