"""What bundlers put into the code that browsers and phones get: variables of these beginnings."""

from collections.abc import Iterator

from launchready.frozen import frozen


@frozen
class ClientPrefix:
    """`packages` are those whose tools inline such variables. One that `is_unmistakable` is used
    by nobody else, so that the packages need not be seen.
    """

    prefix: str
    framework: str
    packages: tuple[str, ...]
    reference: str
    is_unmistakable: bool = True


CLIENT_PREFIXES = (
    ClientPrefix(
        prefix="NEXT_PUBLIC_", framework="Next.js", packages=("next",),
        reference="https://nextjs.org/docs/app/guides/environment-variables",
    ),
    ClientPrefix(
        prefix="VITE_", framework="Vite", packages=("vite",),
        reference="https://vite.dev/guide/env-and-mode",
    ),
    ClientPrefix(
        prefix="REACT_APP_", framework="Create React App", packages=("react-scripts",),
        reference="https://create-react-app.dev/docs/adding-custom-environment-variables/",
    ),
    ClientPrefix(
        prefix="NUXT_PUBLIC_", framework="Nuxt", packages=("nuxt",),
        reference="https://nuxt.com/docs/guide/going-further/runtime-config",
    ),
    ClientPrefix(
        prefix="EXPO_PUBLIC_", framework="Expo", packages=("expo",),
        reference="https://docs.expo.dev/guides/environment-variables/",
    ),
    ClientPrefix(
        prefix="GATSBY_", framework="Gatsby", packages=("gatsby",),
        reference="https://www.gatsbyjs.com/docs/how-to/local-development/environment-variables/",
    ),
    ClientPrefix(
        prefix="VUE_APP_", framework="Vue CLI", packages=("@vue/cli-service",),
        reference="https://cli.vuejs.org/guide/mode-and-env.html",
    ),
    ClientPrefix(
        prefix="STORYBOOK_", framework="Storybook", packages=("storybook",),
        reference="https://storybook.js.org/docs/configure/environment-variables",
        is_unmistakable=False,
    ),
    ClientPrefix(
        prefix="PLASMO_PUBLIC_", framework="Plasmo", packages=("plasmo",),
        reference="https://docs.plasmo.com/framework/env",
    ),
    ClientPrefix(
        prefix="NG_APP_", framework="@ngx-env", packages=("@ngx-env/builder",),
        reference="https://github.com/chihab/ngx-env",
    ),
    ClientPrefix(
        prefix="SNOWPACK_PUBLIC_", framework="Snowpack", packages=("snowpack",),
        reference="https://www.snowpack.dev/reference/environment-variables",
    ),
    ClientPrefix(
        prefix="PUBLIC_", framework="SvelteKit, Astro or Rsbuild",
        packages=("@sveltejs/kit", "astro", "@rsbuild/core"),
        reference="https://svelte.dev/docs/kit/$env-static-public",
        is_unmistakable=False,
    ),
    ClientPrefix(
        prefix="WXT_", framework="WXT", packages=("wxt",),
        reference="https://wxt.dev/guide/essentials/config/environment-variables.html",
        is_unmistakable=False,
    ),
)  # fmt: skip


def prefixes_of(name: str) -> Iterator[ClientPrefix]:
    """The client prefixes that a name begins with."""
    return (each for each in CLIENT_PREFIXES if name.startswith(each.prefix))


def without_prefix(name: str) -> str:
    """The name without the client prefix that it begins with."""
    for each in prefixes_of(name):
        return name[len(each.prefix) :]
    return name
