// Keeps one small value in a cookie of this browser, so that a reload begins with it.
export default function ({ data }) {
  document.cookie = `${data.name}=${encodeURIComponent(data.value)}; path=/; max-age=${data.seconds}; SameSite=Lax`;
}
